"""The window: the only package that knows Qt. It draws what the presenters decide."""
