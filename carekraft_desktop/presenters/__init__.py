"""All behaviour of the screens, without a window: gestures in, one frozen state out."""
