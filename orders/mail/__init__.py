"""Letters by e-mail: written as rows beside what they tell about, sent later by the worker."""
