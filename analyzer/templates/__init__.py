"""Templates as data: where their actions stand, how they nest, and what they read as once the actions are covered.

Go templates (Helm), Jinja (Ansible), ERB and Terraform. Nothing is rendered or evaluated, and nothing here knows what a
host or a key is. What to ask, from the bottom up:

* `lexer.actions(data, dialect)`: the actions, exact bytes; `dialects.dialect_of` tells the language.
* `blocks.read_blocks(actions, size)`: the tree of text, actions and blocks with their branches.
* `worlds.read_template(data, dialect)`: the file as YAML, one set of documents for each way through its branches; the
  marks of their nodes are offsets in the file. Definitions and what fits nowhere are worlds of their own.
* `views.texts_of(data, part)`: the same ways as text, for any other format.
* `expressions`, `literals`, `readings`: what an action prints, as far as its own literals tell.
"""
