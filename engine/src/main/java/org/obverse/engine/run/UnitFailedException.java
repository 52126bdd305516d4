package org.obverse.engine.run;

/** A component threw while it worked on a unit; the message says which jar, component and unit. */
public final class UnitFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnitFailedException(Unit unit, String source, Throwable cause) {
        super("unit %s: component '%s' of %s threw %s".formatted(unit.id(), unit.component(), source, cause), cause);
    }
}
