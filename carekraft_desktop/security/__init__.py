"""Who gets the key to the store, where its parts are kept, and when it is taken away again."""
