package org.obverse.api.plugin;

import java.util.function.Function;

/**
 * One thing that a plan can name: a kind, a name, a configuration with defaults, what it requires, and how it is made.
 *
 * <p>The configuration is a record. Its default instance is type, default value and (through {@link Meaning})
 * documentation of every key; a record may implement {@link Checked} to refuse values. The name is a contract: plans
 * and artifacts hold it.
 *
 * @param kind the slot that it fills
 * @param name lower case, words joined by hyphens
 * @param summary one sentence for {@code describe}, with the source (paper, section) of what it implements
 * @param defaults the configuration when a plan gives no key
 * @param requirements what a configuration needs; a pure function, called while a plan is checked, before any weight is
 *     loaded
 * @param factory called once per use in a study: what it makes is checked, tried and used, by all cells that name it with
 *     equal keys. A network is made once more when it is loaded after its training. Calls come from any thread, also two at
 *     once, so it is cheap, keeps nothing from one call to the next, and starts nothing; two products of equal
 *     configurations behave alike. That of an attack is called whenever a plan is read, and its resources refuse to be used
 */
public record Component<C extends Record, T>(
        Kind<T> kind,
        String name,
        String summary,
        C defaults,
        Function<C, Requirements> requirements,
        Factory<C, T> factory) {

    /** A component without requirements. */
    public Component(Kind<T> kind, String name, String summary, C defaults, Factory<C, T> factory) {
        this(kind, name, summary, defaults, configuration -> Requirements.none(), factory);
    }

    /** The configuration's type. */
    @SuppressWarnings("unchecked")
    public Class<C> configurationType() {
        return (Class<C>) defaults.getClass();
    }

    /**
     * Makes the component's product.
     *
     * @param <C> the configuration
     * @param <T> the product
     */
    @FunctionalInterface
    public interface Factory<C, T> {
        /**
         * @param configuration already checked
         * @param resources valid as long as the product is used
         * @throws InvalidConfigurationException if a file or a named part turns out unfit only now
         */
        T create(C configuration, Resources resources);
    }
}
