using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Trigger.Node.Telemetry;

/// <summary>The text format 0.0.4 of Prometheus: names and labels.</summary>
internal static class PrometheusText
{
    public static string KindOf(Instrument instrument) => instrument.GetType().Name switch
    {
        var type when type.StartsWith("Histogram", StringComparison.Ordinal) => "histogram",
        var type when type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) => "counter",
        _ => "gauge",
    };

    // trigger.step.duration in s is trigger_step_duration_seconds; a counter ends in _total.
    public static string NameOf(Instrument instrument)
    {
        var name = new string([.. instrument.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        return name + (instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" }) + (KindOf(instrument) == "counter" ? "_total" : "");
    }

    /// <returns>In braces, or nothing.</returns>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";

        var labels = new StringBuilder("{");
        foreach (var (name, value) in tags)
        {
            if (labels.Length > 1)
                labels.Append(',');
            labels.Append(new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')])).Append("=\"");
            labels.Append(Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
            labels.Append('"');
        }

        return labels.Append('}').ToString();
    }

    public static void Head(StringBuilder text, Instrument instrument) =>
        text.Append("# HELP ").Append(NameOf(instrument)).Append(' ').Append(instrument.Description?.ReplaceLineEndings(" ")).Append('\n')
            .Append("# TYPE ").Append(NameOf(instrument)).Append(' ').Append(KindOf(instrument)).Append('\n');

    public static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>The lines of one histogram: its buckets, its sum and its count.</summary>
    public static void Lines(StringBuilder text, string name, string labels, HistogramCells cells)
    {
        var (upTo, sum) = cells.Read();
        var others = labels.Length == 0 ? "{" : $"{labels[..^1]},";
        for (var bucket = 0; bucket < cells.Bounds.Count; bucket++)
            Line(text, $"{name}_bucket", $"{others}le=\"{cells.Bounds[bucket].ToString("R", CultureInfo.InvariantCulture)}\"}}", upTo[bucket]);
        Line(text, $"{name}_bucket", $"{others}le=\"+Inf\"}}", upTo[^1]);
        Line(text, $"{name}_sum", labels, sum);
        Line(text, $"{name}_count", labels, upTo[^1]);
    }
}
