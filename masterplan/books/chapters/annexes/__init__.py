"""The annexes of the books, each as parts."""
