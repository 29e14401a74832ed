import os


def run():
    return 2
