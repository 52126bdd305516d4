package org.obverse.engine.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;

/** The stack, the marks and the memo of a pickle machine, within limits. */
final class PickleStack {
    private final PickleInput input;
    private final List<Value> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Value> memo = new HashMap<>();
    private int pushes;
    private int made;
    private long texts;

    PickleStack(PickleInput input) {
        this.input = input;
    }

    /** Puts a new value on the stack. */
    void make(Value value) {
        if (++made > Limits.PICKLE_VALUES) {
            throw refused("holds more than " + Limits.PICKLE_VALUES + " values");
        }
        push(value);
    }

    void makeText(String text, int bytes) {
        texts += bytes;
        if (texts > Limits.ALL_TEXT) {
            throw refused("holds more than " + Limits.ALL_TEXT + " bytes of text");
        }
        make(new Value.Text(text));
    }

    /** Puts a value on the stack that exists already. */
    void push(Value value) {
        if (++pushes > Limits.PICKLE_PUSHES) {
            throw refused("takes more than " + Limits.PICKLE_PUSHES + " steps");
        }
        stack.add(value);
    }

    Value pop() {
        top();
        return stack.remove(stack.size() - 1);
    }

    Value top() {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (stack.size() <= floor) {
            throw refused("takes a value from an empty stack");
        }
        return stack.get(stack.size() - 1);
    }

    void mark() {
        if (marks.size() >= Limits.PICKLE_VALUES) {
            throw refused("holds more than " + Limits.PICKLE_VALUES + " marks");
        }
        marks.add(stack.size());
    }

    /** Takes what lies above the last mark, and the mark. */
    List<Value> popMark() {
        if (marks.isEmpty()) {
            throw refused("goes back to a mark that it never set");
        }
        List<Value> above = stack.subList(marks.remove(marks.size() - 1), stack.size());
        List<Value> taken = new ArrayList<>(above);
        above.clear();
        return taken;
    }

    /** Takes the uppermost values, the lowest of them first. */
    List<Value> pop(int count) {
        List<Value> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(0, pop());
        }
        return taken;
    }

    /** Adds items to the sequence or object on top. */
    void append(List<Value> items, Value.Sequence.Form form) {
        if (top() instanceof Value.Inert inert) {
            inert.items().addAll(items);
        } else if (top() instanceof Value.Sequence sequence && sequence.form() == form) {
            sequence.items().addAll(items);
        } else {
            throw refused("appends to a " + top().description());
        }
    }

    /** Puts keys and values, by turns, into the table or object on top. */
    void put(List<Value> entries) {
        if (entries.size() % 2 != 0) {
            throw refused("puts " + entries.size() + " keys and values into a " + top().description());
        }
        if (top() instanceof Value.Inert inert) {
            put(inert.entries(), entries);
        } else if (top() instanceof Value.Table table) {
            put(table.entries(), entries);
        } else {
            throw refused("puts " + entries.size() + " keys and values into a " + top().description());
        }
    }

    private void put(Map<String, Value> table, List<Value> entries) {
        for (int i = 0; i < entries.size(); i += 2) {
            String key = key(entries.get(i));
            if (table.put(key, entries.get(i + 1)) != null) {
                throw refused("has the key '" + Place.shown(key) + "' twice");
            }
        }
    }

    /** Of plain values, unknown objects and tuples of a few of them. */
    private String key(Value value) {
        String key = value instanceof Value.Sequence sequence
                        && sequence.form() == Value.Sequence.Form.TUPLE
                        && sequence.items().size() <= Limits.ARGUMENTS
                ? sequence.items().stream().map(Value::text).collect(Collectors.joining(", ", "(", ")"))
                : value.text();
        if (key.isEmpty() && !(value instanceof Value.Text)) {
            throw refused("has a " + value.description() + " as a key");
        }
        return key.length() > Limits.NAME ? key.substring(0, Limits.NAME) : key;
    }

    /** POP, which takes a mark if nothing lies above it. */
    void drop() {
        if (!marks.isEmpty() && marks.get(marks.size() - 1) == stack.size()) {
            marks.remove(marks.size() - 1);
        } else {
            pop();
        }
    }

    void remember(long index) {
        if (memo.size() >= Limits.PICKLE_VALUES) {
            throw refused("remembers more than " + Limits.PICKLE_VALUES + " values");
        }
        memo.put(index, top());
    }

    void rememberNext() {
        remember(memo.size());
    }

    void recall(long index) {
        Value found = memo.get(index);
        if (found == null) {
            throw refused("recalls value " + index + ", which it never remembered");
        }
        push(found);
    }

    private InvalidConfigurationException refused(String message) {
        return input.place().refusedAt(input.position(), message);
    }
}
