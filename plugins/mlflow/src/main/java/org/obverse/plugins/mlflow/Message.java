package org.obverse.plugins.mlflow;

import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;

/** Something that MLflow is told, at the time at which it was heard, in milliseconds since 1970. */
sealed interface Message {
    long time();

    /** The run is planned. */
    record Planned(long time, StudyPlan study) implements Message {}

    record Fact(long time, RunFact fact) implements Message {}

    record UnderWay(long time, Progress.OfUnit progress) implements Message {}
}
