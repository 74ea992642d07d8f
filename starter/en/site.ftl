# The site's own words. A key here takes the place of the theme's.
feed = Follow new guides
