package org.obverse.api.place;

import java.util.List;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.Problem;

/**
 * Where units are performed: threads, processes, a cluster. Its methods are called on the run's thread, one after the other, and
 * return at once; the work goes on elsewhere.
 *
 * <p>{@link #open} comes once, before all but {@link #check}, {@link #close} last and once. Whatever becomes of an order, the store holds whole artifacts
 * only, and an order that was lost is given again, here or elsewhere.
 */
public interface Place extends AutoCloseable {
    /**
     * What keeps it from working on this machine, such as a program that is not there; paths are relative to the place's own keys. Asked at
     * most once, before {@link #open} and before a run writes anything. Workers, dry runs and estimates do not ask: they may be on another machine.
     */
    default List<Problem> check() {
        return List.of();
    }

    /** A run begins. */
    void open(PlaceContext context);

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

    /** The run is to end: orders are answered soon, with or without their product. May come more than once, from any thread. */
    void cancel();

    /** Ends; every order was answered before. Nothing that the place began is left when this returns. */
    @Override
    void close();
}
