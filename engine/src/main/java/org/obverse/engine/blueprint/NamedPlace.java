package org.obverse.engine.blueprint;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.PluginFailedException;

/**
 * A plugin's place, whose failure says whose it is, and which answers an order once.
 *
 * @param key where the plan names it
 */
record NamedPlace(String key, PlannedComponent<Place> chosen, Place place) implements Place {
    @Override
    public List<Problem> check() {
        return ask("asked whether it can work here", place::check).stream()
                .map(problem -> problem.under(key))
                .toList();
    }

    @Override
    public void open(PlaceContext context) {
        ask("opened", () -> place.open(context));
    }

    @Override
    public void consider(Offer offer) {
        ask("offered " + offer.unit(), () -> place.consider(new Renamed(offer, this)));
    }

    /** Claims for the place that the driver knows. */
    private record Renamed(Offer offer, Place known) implements Offer {
        @Override
        public UnitName unit() {
            return offer.unit();
        }

        @Override
        public String component() {
            return offer.component();
        }

        @Override
        public void claim(Place place) {
            offer.claim(known);
        }
    }

    @Override
    public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        AtomicBoolean answered = new AtomicBoolean();
        Consumer<Answer> once = answer -> {
            if (answered.compareAndSet(false, true)) {
                answers.accept(answer);
            }
        };
        try {
            ask("ordered " + order.unit(), () -> place.perform(order, once, progress));
        } catch (PluginFailedException e) {
            once.accept(new Answer.Threw(order.unit(), e));
        }
    }

    @Override
    public void forget(UnitName unit) {
        ask("told to forget " + unit, () -> place.forget(unit));
    }

    @Override
    public void cancel() {
        ask("cancelled", place::cancel);
    }

    @Override
    public void close() {
        ask("closed", place::close);
    }

    private void ask(String asked, Runnable asking) {
        ask(asked, () -> {
            asking.run();
            return asked;
        });
    }

    private <T> T ask(String asked, Supplier<T> asking) {
        try {
            return chosen.plugin().call(chosen.subject() + ", when it was " + asked + ",", asking);
        } catch (PluginFailedException e) {
            throw e.at(key);
        }
    }
}
