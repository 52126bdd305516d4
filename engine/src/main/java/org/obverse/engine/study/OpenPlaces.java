package org.obverse.engine.study;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.place.Place;
import org.obverse.engine.graph.Closing;

/** The places of a run, all of which are closed at its end, whatever one of them does. */
record OpenPlaces(List<Place> places) implements AutoCloseable {
    /**
     * @param loan to each place, in a folder of its own within the loan's
     */
    static OpenPlaces of(List<Place> places, PlaceLoan loan) {
        List<Place> opened = new ArrayList<>();
        try {
            for (Place place : places) {
                place.open(loan.within(String.valueOf(opened.size())));
                opened.add(place);
            }
            return new OpenPlaces(Collections.unmodifiableList(opened));
        } catch (RuntimeException | Error e) {
            new OpenPlaces(opened).close();
            throw e;
        }
    }

    @Override
    public void close() {
        Closing.all(new ArrayDeque<>(places));
    }
}
