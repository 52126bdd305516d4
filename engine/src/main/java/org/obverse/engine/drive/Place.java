package org.obverse.engine.drive;

import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;

/**
 * Where units are performed. Its methods are called on the run's thread and return at once; the work goes on elsewhere.
 */
public interface Place extends AutoCloseable {
    /** Claims the offer if the place can begin with the unit now. The order follows at once for every claim that stands. */
    void consider(Offer offer);

    /**
     * Begins to perform a unit. Exactly one answer follows, whatever happens.
     *
     * @param answers may be called from any thread
     * @param progress likewise
     */
    void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress);

    /** No later order reads what this unit made: what is open of it may be closed. */
    void forget(UnitName unit);

    /** Ends; every order was answered before. */
    @Override
    void close();
}
