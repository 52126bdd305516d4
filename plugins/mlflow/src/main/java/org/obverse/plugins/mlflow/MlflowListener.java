package org.obverse.plugins.mlflow;

import java.util.Optional;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears a run and leaves it to a {@link Sender} what becomes of it. */
final class MlflowListener implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(MlflowListener.class);

    private final Store store;
    private final Patience patience;
    private final Consumer<String> words;
    private Optional<Sender> sender = Optional.empty();

    MlflowListener(Store store) {
        this(store, Patience.DEFAULT, LOG::warn);
    }

    MlflowListener(Store store, Patience patience, Consumer<String> words) {
        this.store = store;
        this.patience = patience;
        this.words = words;
    }

    @Override
    public void planned(RunFact.Planned fact, RunView run) {
        Sender begun = new Sender(store, patience, words);
        begun.start();
        sender = Optional.of(begun);
        begun.tell(new Message.Planned(System.currentTimeMillis(), StudyPlan.of(fact, run)));
    }

    @Override
    public void completed(RunFact.Completed fact, RunView run) {
        tell(fact);
    }

    @Override
    public void reused(RunFact.Reused fact, RunView run) {
        tell(fact);
    }

    @Override
    public void failed(RunFact.Failed fact, RunView run) {
        tell(fact);
    }

    private void tell(RunFact fact) {
        sender.ifPresent(begun -> begun.tell(new Message.Fact(System.currentTimeMillis(), fact)));
    }

    @Override
    public void progressed(Progress progress, RunView run) {
        if (progress instanceof Progress.OfUnit ofUnit && !ofUnit.figures().isEmpty()) {
            sender.ifPresent(begun -> begun.tell(new Message.UnderWay(System.currentTimeMillis(), ofUnit)));
        }
    }

    @Override
    public void ended(RunFact.Ended fact, RunView run) {
        sender.ifPresent(begun -> begun.end(new Message.Fact(System.currentTimeMillis(), fact)));
    }
}
