x = '''
<<<<<<< SEARCH
a
=======
b
>>>>>>> REPLACE
'''
