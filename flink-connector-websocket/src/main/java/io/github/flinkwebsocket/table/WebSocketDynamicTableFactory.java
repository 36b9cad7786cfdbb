package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.types.RowKind;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes table sources of {@code 'connector' = 'websocket'}. Runs where the query is planned; found
 * by Flink through {@code META-INF/services}.
 */
@Internal
public final class WebSocketDynamicTableFactory implements DynamicTableSourceFactory {

    /** The value of the option 'connector'. */
    public static final String IDENTIFIER = "websocket";

    /** Of an option that the format json reads, but does not say that it has. */
    private static final String UNDECLARED = ".decode.json-parser.enabled";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(TableOptions.declared(WebSocketOptions.URL), FactoryUtil.FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = TableOptions.optional();
        options.add(FactoryUtil.SOURCE_PARALLELISM);
        return options;
    }

    /** All that do not change what the job is made of. */
    @Override
    public Set<ConfigOption<?>> forwardOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(TableOptions.optional());
        options.add(TableOptions.declared(WebSocketOptions.URL));
        options.removeIf(option -> option.key().startsWith("bounded."));
        return options;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        try {
            return create(context);
        } catch (ValidationException e) {
            if (TableSecrets.areIn(context.getCatalogTable().getOptions())) {
                return new RefusedTableSource(e.getMessage());
            }
            throw e;
        }
    }

    private DynamicTableSource create(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        DecodingFormat<DeserializationSchema<RowData>> format =
                helper.discoverDecodingFormat(
                        DeserializationFormatFactory.class, FactoryUtil.FORMAT);
        ReadableConfig all = helper.getOptions();
        TableOptions.checkTypes(all, optionalOptions());
        helper.validateExcept(all.get(FactoryUtil.FORMAT) + UNDECLARED);
        Configuration config =
                TableOptions.read(all, context.getCatalogTable().getOptions().keySet());
        checkParallelism(all, format, context.getCatalogTable().getResolvedSchema());
        new ColumnCheck(config, context.getCatalogTable().getResolvedSchema()).check();
        return new WebSocketDynamicTableSource(
                config,
                format,
                checksJson(all.get(FactoryUtil.FORMAT), context.getCatalogTable().getOptions()),
                context.getPhysicalRowDataType(),
                context.getObjectIdentifier().asSummaryString(),
                SourceWatermark.read(all, context.getConfiguration()),
                all.getOptional(FactoryUtil.SOURCE_PARALLELISM).orElse(null));
    }

    /** A format that is told to ignore what it can't read decides itself what that is. */
    private static boolean checksJson(String format, Map<String, String> options) {
        return JsonCheck.isJson(format)
                && !Boolean.parseBoolean(options.get(format + ".ignore-parse-errors"));
    }

    /** Without a key, changes of one row could overtake each other; Flink's error says less. */
    private static void checkParallelism(
            ReadableConfig options, DecodingFormat<?> format, ResolvedSchema schema) {
        Optional<Integer> parallelism = options.getOptional(FactoryUtil.SOURCE_PARALLELISM);
        if (parallelism.isPresent()
                && !format.getChangelogMode().containsOnly(RowKind.INSERT)
                && schema.getPrimaryKey().isEmpty()) {
            throw new ValidationException(
                    String.format(
                            "The option '%s' has the value '%d'; for the changes of the format '%s' the"
                                    + " table needs a PRIMARY KEY (...) NOT ENFORCED with it.",
                            FactoryUtil.SOURCE_PARALLELISM.key(),
                            parallelism.get(),
                            options.get(FactoryUtil.FORMAT)));
        }
    }
}
