"""From bytes to numbered records: XML elements, rows of text and of worksheets, read strictly.

Everything is read by being taken out of its record, so that `finish` can name what was
overlooked. What a record holds beyond what its importer knows stops the edition.
"""
