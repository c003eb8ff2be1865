"""`hocso new --from`: what an office wrote in Word becomes a lesson, and no word of it is lost."""
