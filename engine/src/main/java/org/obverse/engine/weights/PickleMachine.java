package org.obverse.engine.weights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;

/**
 * Reads one pickle of protocol 2 to 5 (PEP 307, 3154, 574) as data: it makes the values of {@link Value} and knows
 * nothing that could be executed. Large contents are not copied.
 */
final class PickleMachine {
    private static final int OLDEST = 2;
    private static final int NEWEST = 5;

    private final PickleInput input;
    private final Place place;
    private final PickleStack stack;
    private final Construction construction;
    private final PersistentIds ids;
    private long at;

    private PickleMachine(PickleInput input, Set<Constructor> allowed, PersistentIds ids) {
        this.input = input;
        this.place = input.place();
        this.stack = new PickleStack(input);
        this.construction = new Construction(place, allowed);
        this.ids = ids;
    }

    /** What a pickle's author kept outside of it. */
    interface PersistentIds {
        /** For pickles that keep everything inside. */
        PersistentIds NONE = (place, at, id) -> {
            throw place.refusedAt(at, "refers to a " + id.description() + " outside of the pickle");
        };

        Value open(Place place, long at, Value id);
    }

    /**
     * Reads the pickle at the input's position, and stops behind it.
     *
     * @throws InvalidConfigurationException if it is damaged, too large, or names what is not
     *     allowed
     */
    static Value read(PickleInput input, Set<Constructor> allowed, PersistentIds ids) {
        return new PickleMachine(input, allowed, ids).run();
    }

    private Value run() {
        if (input.u8() != 0x80) {
            throw place.refusedAt(
                    input.position() - 1,
                    "is no pickle of protocol " + OLDEST + " to " + NEWEST,
                    "store it again with torch.save, or pickle it with protocol 4");
        }
        int protocol = input.u8();
        if (protocol < OLDEST || protocol > NEWEST) {
            throw place.refusedAt(
                    input.position() - 1,
                    "is a pickle of protocol " + protocol + ", and " + OLDEST + " to " + NEWEST + " are read",
                    "pickle it with protocol 4");
        }
        while (true) {
            at = input.position();
            int code = input.u8();
            if (code == '.') {
                return stack.pop();
            }
            if (!constant(code) && !content(code) && !container(code) && !memo(code) && !object(code)) {
                throw unknown(code);
            }
        }
    }

    /** Constants and numbers. */
    private boolean constant(int code) {
        switch (code) {
            case 'N' -> stack.push(Value.Constant.NONE);
            case 0x88 -> stack.push(Value.Constant.TRUE);
            case 0x89 -> stack.push(Value.Constant.FALSE);
            case 'J' -> stack.make(new Value.Whole(input.i32()));
            case 'K' -> stack.make(new Value.Whole(input.u8()));
            case 'M' -> stack.make(new Value.Whole(input.u16()));
            case 'G' -> stack.make(new Value.Real(input.f64()));
            case 0x8a -> stack.make(input.integer(input.u8()));
            case 0x8b -> stack.make(input.integer(input.u32()));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Texts and bytes. */
    private boolean content(int code) {
        switch (code) {
            case 0x8c -> text(input.u8());
            case 'X' -> text(input.u32());
            case 0x8d -> text(input.i64());
            case 'C' -> blob(input.u8());
            case 'B' -> blob(input.u32());
            case 0x8e, 0x96 -> blob(input.i64());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void text(long bytes) {
        if (bytes >= 0 && bytes <= Limits.TEXT) {
            stack.makeText(new String(input.bytes((int) bytes), StandardCharsets.UTF_8), (int) bytes);
        } else {
            stack.make(new Value.LongText(input.skip(bytes)));
        }
    }

    private void blob(long bytes) {
        stack.make(new Value.Blob(input.skip(bytes)));
    }

    private boolean container(int code) {
        switch (code) {
            case '(' -> stack.mark();
            case ')' -> sequence(Value.Sequence.Form.TUPLE, new ArrayList<>());
            case ']' -> sequence(Value.Sequence.Form.LIST, new ArrayList<>());
            case 0x8f -> sequence(Value.Sequence.Form.SET, new ArrayList<>());
            case '}' -> stack.make(new Value.Table(new LinkedHashMap<>()));
            case 't' -> sequence(Value.Sequence.Form.TUPLE, stack.popMark());
            case 'l' -> sequence(Value.Sequence.Form.LIST, stack.popMark());
            case 0x91 -> sequence(Value.Sequence.Form.SET, stack.popMark());
            case 0x85 -> sequence(Value.Sequence.Form.TUPLE, stack.pop(1));
            case 0x86 -> sequence(Value.Sequence.Form.TUPLE, stack.pop(2));
            case 0x87 -> sequence(Value.Sequence.Form.TUPLE, stack.pop(3));
            case 'd' -> {
                List<Value> entries = stack.popMark();
                stack.make(new Value.Table(new LinkedHashMap<>()));
                stack.put(entries);
            }
            case 's' -> stack.put(stack.pop(2));
            case 'u' -> stack.put(stack.popMark());
            case 'a' -> stack.append(stack.pop(1), Value.Sequence.Form.LIST);
            case 'e' -> stack.append(stack.popMark(), Value.Sequence.Form.LIST);
            case 0x90 -> stack.append(stack.popMark(), Value.Sequence.Form.SET);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void sequence(Value.Sequence.Form form, List<Value> items) {
        stack.make(new Value.Sequence(form, items));
    }

    private boolean memo(int code) {
        switch (code) {
            case 'q' -> stack.remember(input.u8());
            case 'r' -> stack.remember(input.u32());
            case 0x94 -> stack.rememberNext();
            case 'h' -> stack.recall(input.u8());
            case 'j' -> stack.recall(input.u32());
            case '0' -> stack.drop();
            case '1' -> stack.popMark();
            case '2' -> stack.push(stack.top());
            case 0x95 -> frame(input.i64());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void frame(long length) {
        if (length < 0 || length > input.remaining()) {
            throw place.refusedAt(at, "claims a frame of " + length + " bytes, and " + input.remaining() + " are left");
        }
    }

    /** What Python would look up or call. */
    private boolean object(int code) {
        switch (code) {
            case 'c' -> {
                String module = input.line();
                stack.make(construction.named(at, module, input.line()));
            }
            case 0x93 -> {
                Value name = stack.pop();
                Value module = stack.pop();
                if (!(name instanceof Value.Text n) || !(module instanceof Value.Text m)) {
                    throw place.refusedAt(at, "names something by a " + name.description());
                }
                stack.make(construction.named(at, m.value(), n.value()));
            }
            case 'R' -> {
                Value arguments = stack.pop();
                stack.make(construction.call(at, stack.pop(), arguments));
            }
            case 0x81 -> {
                Value arguments = stack.pop();
                stack.make(construction.instance(at, stack.pop(), arguments));
            }
            case 0x92 -> {
                Value keywords = stack.pop();
                Value arguments = stack.pop();
                Value made = construction.instance(at, stack.pop(), arguments);
                construction.build(at, made, keywords);
                stack.make(made);
            }
            case 'b' -> {
                Value state = stack.pop();
                construction.build(at, stack.top(), state);
            }
            case 'Q' -> stack.make(ids.open(place, at, stack.pop()));
            case 'i' -> {
                String module = input.line();
                construction.named(at, module, input.line());
                throw unknown(code);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private InvalidConfigurationException unknown(int code) {
        String shown = code > ' ' && code < 0x7f ? "'" + (char) code + "'" : String.format("0x%02x", code);
        return place.refusedAt(at, "holds the instruction " + shown + ", which no weights file needs");
    }
}
