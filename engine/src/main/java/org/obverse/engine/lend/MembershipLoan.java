package org.obverse.engine.lend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.common.base.Suppliers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.ReferenceModel;
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;

/** What a membership attack is lent for one unit: no more than its component declared. */
public final class MembershipLoan implements MembershipContext {
    private final Surroundings surroundings;
    private final Game game;
    private final UnitLoan unit;
    private final QueryLedger ledger;

    /**
     * What is there for an attack.
     *
     * @param component the name of the attack
     * @param requirements what it declared
     * @param target the model under attack; not called if it declared no access
     * @param references not called if it did not declare that it reads them
     * @param training not called if it did not declare that it draws samples as the training would
     */
    public record Surroundings(
            String component,
            Requirements requirements,
            Supplier<TargetModel> target,
            Supplier<List<Reference>> references,
            Supplier<AsTrained> training) {
        public Surroundings {
            references = Suppliers.memoize(references::get);
        }
    }

    /** The samples that an attack is about, and those that it knows. */
    public record Game(Images samples, Images knownMembers, Images knownOthers) {}

    /** A reference model, and which of the samples it was trained on. */
    public record Reference(TargetModel model, IntPredicate trainedOn) {}

    /** Draws samples as a training would. */
    @FunctionalInterface
    public interface AsTrained {
        Batch of(NDArray images, NDArray labels, RandomStream random);
    }

    /**
     * @param ledger counts what the unit asks of the target
     */
    public MembershipLoan(Surroundings surroundings, Game game, UnitLoan unit, QueryLedger ledger) {
        this.surroundings = surroundings;
        this.game = game;
        this.unit = unit;
        this.ledger = ledger;
    }

    /** Images that the target was asked about, by kind of question. */
    public Map<String, Long> queries() {
        return ledger.counts();
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        return access.cast(surroundings.target().get().oracle(declared(access), ledger, random().child("target")));
    }

    private Access declared(Class<? extends LabelOracle> access) {
        return new DeclaredAccess(
                        surroundings.component(),
                        Set.of(surroundings.requirements().access()))
                .of(access);
    }

    private void require(Reading reading, String what) {
        if (!surroundings.requirements().reads().contains(reading)) {
            throw new IllegalArgumentException(
                    "component '%s' did not declare that it reads %s: Requirements.reads(Reading.%s)"
                            .formatted(surroundings.component(), what, reading));
        }
    }

    @Override
    public Images samples() {
        return game.samples();
    }

    @Override
    public Images knownMembers() {
        return game.knownMembers();
    }

    @Override
    public Images knownOthers() {
        return game.knownOthers();
    }

    @Override
    public List<ReferenceModel> references() {
        require(Reading.REFERENCES, "reference models");
        List<Reference> models = surroundings.references().get();
        return IntStream.range(0, models.size())
                .<ReferenceModel>mapToObj(i -> new LentReference(this, models.get(i), random().child("reference", i)))
                .toList();
    }

    /** Answers behind the target's filters, and whatever it is asked costs nothing. */
    private record LentReference(MembershipLoan loan, Reference reference, RandomStream noise)
            implements ReferenceModel {
        @Override
        public <O extends LabelOracle> O oracle(Class<O> access) {
            QueryLedger unlimited = new QueryLedger(Long.MAX_VALUE);
            return access.cast(reference.model().oracle(loan.declared(access), unlimited, noise));
        }

        @Override
        public boolean isTrainedOn(int sample) {
            return reference.trainedOn().test(sample);
        }
    }

    @Override
    public Batch asTrained(NDArray images, NDArray labels, RandomStream random) {
        require(Reading.TRAINING, "how the target was trained");
        return surroundings.training().get().of(images, labels, random);
    }

    @Override
    public NDManager manager() {
        return unit.manager();
    }

    @Override
    public int batch() {
        return unit.batch().getAsInt();
    }

    @Override
    public RandomStream random() {
        return unit.random();
    }

    @Override
    public void checkpoint() {
        unit.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        unit.progress(done, total, figures);
    }
}
