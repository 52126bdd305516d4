package org.obverse.testkit.rule;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/** A component does not keep a rule. */
final class BrokenRule extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param seen what was seen, with its numbers
     */
    BrokenRule(String seen) {
        super(seen);
    }

    /**
     * @throws BrokenRule with {@code seen} unless {@code kept}
     */
    @FormatMethod
    static void unless(boolean kept, @FormatString String seen, Object... values) {
        if (!kept) {
            throw new BrokenRule(seen.formatted(values));
        }
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
