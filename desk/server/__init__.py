"""A server of your own: what ./inv server-init writes there, and how a pushed commit becomes the site that is served."""
