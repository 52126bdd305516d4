package org.obverse.engine.lend;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;

/**
 * A data set as a component is lent it: everybody may ask what it is, and nobody reads a part that was not declared.
 *
 * @param component its name, for messages
 * @param declared with {@code Requirements.data}
 */
public record DeclaredData(DataImages images, String component, Set<Part> declared) {
    public DeclaredData {
        declared = Set.copyOf(declared);
    }

    /** At its own size, which is the target's. */
    Dataset plain() {
        return new Plain(this);
    }

    /**
     * As {@link DataImages#images}.
     *
     * @throws IllegalArgumentException if the component did not declare that it reads this part
     */
    Images images(Part part, Shape input) {
        require(part);
        return images.images(part, input);
    }

    private void require(Part part) {
        if (!declared.contains(part)) {
            throw new IllegalArgumentException(
                    "component '%s' did not declare that it reads the part %s of the data: Requirements.data(Part.%s)"
                            .formatted(component, part, part));
        }
    }

    private record Plain(DeclaredData lent) implements Dataset {
        private Dataset data() {
            return lent.images.plain();
        }

        @Override
        public int classes() {
            return data().classes();
        }

        @Override
        public List<String> classNames() {
            return data().classNames();
        }

        @Override
        public Shape shape() {
            return data().shape();
        }

        @Override
        public Set<Part> parts() {
            return data().parts();
        }

        @Override
        public Images images(Part part) {
            lent.require(part);
            return data().images(part);
        }
    }
}
