"""A page whose form holds again what was sent, with what is wrong beside the fields."""

from registry.web.refilling import Problem, refilled

PAGE = """<html><head><title>Enter</title></head><body><main id="content"><h1>Enter</h1>
<form method="get" action="/x"><input name="q" value="kept"></form>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="new">
<input type="hidden" name="subject" value="S1"><label for="t1">Title</label>
<input id="t1" name="title" value=""></form>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="new">
<input type="hidden" name="subject" value="S2"><input type="hidden" name="revision" value="9">
<label for="t2">Title <small>short</small></label><input id="t2" name="title" value="old" required>
<textarea name="text">old</textarea><input type="password" name="secret" value="">
<select name="kind"><option value="">any</option><option value="a" selected>A</option>
<option value="b">B</option></select>
<fieldset><legend>Measures</legend>
<label><input type="checkbox" name="measure" value="freeze" checked> F</label>
<label><input type="checkbox" name="measure" value="ban"> T</label></fieldset>
<details><summary>More</summary><input name="row"><input name="row"></details>
<button>Send</button></form></main></body></html>"""
SENT = {
    "csrf_token": ["old"],
    "subject": ["S2"],
    "revision": ["7"],
    "title": ['a "b" <c>'],
    "text": ["\nfirst\n</textarea>"],
    "secret": ["hunter2"],
    "kind": ["b"],
    "measure": ["ban"],
    "row": ["one", "two"],
}


def again(*problems, sent=SENT, page=PAGE, meanwhile=None):
    return refilled(page, "/x", sent, "This can not be taken", problems, meanwhile)


def test_of_several_forms_to_one_address_the_one_that_was_sent_is_filled():
    page = again()
    assert '<input id="t1" name="title" value="">' in page
    assert """<input id="t2" name="title" value='a "b" &lt;c&gt;' required>""" in page
    assert '<input name="q" value="kept">' in page


def test_every_kind_of_field_holds_what_was_sent():
    page = again()
    assert '<textarea name="text">\n\nfirst\n&lt;/textarea&gt;</textarea>' in page
    assert '<option value="b" selected>' in page
    assert '<option value="a">' in page
    assert '<input type="checkbox" name="measure" value="freeze">' in page
    assert '<input type="checkbox" name="measure" value="ban" checked>' in page
    assert '<input name="row" value="one"><input name="row" value="two">' in page


def test_what_the_form_was_made_from_stays_what_it_was_and_its_token_is_new():
    """Else an edit begun on an old revision would count as one of the present text."""
    page = again()
    assert 'name="revision" value="7"' in page
    assert page.count('name="csrf_token" value="new"') == 2


def test_after_somebody_else_was_quicker_the_form_starts_from_what_was_saved_meanwhile():
    page = again(meanwhile="theirs <b>")
    assert "<pre>theirs &lt;b&gt;</pre>" in page
    assert 'name="revision" value="9"' in page
    assert """value='a "b" &lt;c&gt;' required>""" in page
    assert "Nothing was changed" not in page
    assert '<a href="#yours">Go to what you typed</a>' in page
    assert 'id="yours"' in page


def test_a_character_that_is_no_text_loses_nobody_the_form():
    page = again(Problem("title", "Aung\x0b is\x01 listed."), meanwhile="Aung\ufffe EXAMPLE")
    assert "Aung is listed." in page
    assert "<pre>Aung EXAMPLE</pre>" in page


def test_a_password_is_not_given_back():
    page = again()
    assert "hunter2" not in page
    assert "type the passwords again" in page


def test_what_is_wrong_stands_beside_its_field_and_in_a_summary_that_leads_there():
    page = again(Problem("title", "Too <long>."))
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="problem-1"' in page
    assert '<span class="problem" id="problem-1">Too &lt;long&gt;.</span>' in page
    assert '<a href="#t2">Title: Too &lt;long&gt;.</a>' in page
    assert page.index("autofocus") < page.index("<h1>")
    assert "<title>Not taken: Enter</title>" in page


def test_what_is_wrong_with_a_choice_is_said_of_the_group():
    page = again(Problem("measures", "Choose one."))
    assert '<fieldset tabindex="-1" id="refused-1" aria-describedby="problem-1">' in page
    assert '</legend><span class="problem" id="problem-1">Choose one.</span>' in page
    assert "Measures: Choose one." in page


def test_two_things_wrong_with_one_field_are_both_named():
    page = again(Problem("title", "Too long."), Problem("title", "Too loud."))
    assert 'aria-describedby="problem-1 problem-2"' in page


def test_what_is_wrong_with_no_field_that_is_shown_is_said_on_top_of_the_form():
    page = again(Problem("", "It is closed."), Problem("nowhere", "This form has no such field."))
    assert page.index("It is closed.</span>") < page.index('name="subject" value="S2"')
    assert '<a href="#refused-1">It is closed.</a>' in page


def test_what_is_folded_away_is_opened():
    assert '<details open="">' in again()


def test_all_else_of_the_page_stays_as_it_is():
    before, after = PAGE.index("<h1>"), PAGE.index('<form method="post"')
    assert PAGE[before:after] in again()
    assert again().endswith("<button>Send</button></form></main></body></html>")


def test_scripts_of_other_letters_and_drawings_come_through():
    drawn = '<svg viewbox="0 0 9 9" aria-hidden="true"><path d="M0 0h9"></path></svg><wbr>'
    page = again(page=PAGE.replace("<h1>", f"<p>မင်းအောင်လှိုင် · عقيل &amp; 敏</p>{drawn}<h1>"))
    assert f"<p>မင်းအောင်လှိုင် · عقيل &amp; 敏</p>{drawn}<h1>" in page


def test_a_page_without_the_form_is_not_filled():
    assert refilled(PAGE, "/y", SENT, "This can not be taken", []) is None


def test_the_place_to_which_an_address_scrolls_is_of_no_matter():
    page = PAGE.replace('method="post" action="/x"', 'method="post" action="/x#results"')
    assert again(page=page) is not None
