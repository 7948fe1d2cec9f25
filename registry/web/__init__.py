"""The pages: one blueprint and one template folder per noun, no rules of the domain."""
