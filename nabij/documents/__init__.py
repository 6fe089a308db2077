"""Documents of a case: pictures and papers, written anew so that nothing hidden stays, and sealed."""
