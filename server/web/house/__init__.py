"""What all pages share: layout, language, forms, common words, live parts. Each family of pages is a room."""
