"""The form editor at `/sua/` of the preview: Sveltia CMS over the local folder, whose saves change what was changed."""
