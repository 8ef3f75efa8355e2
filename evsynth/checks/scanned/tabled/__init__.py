"""Rows and columns of tables judged as they are printed, whatever kind of result a cell was taken for."""
