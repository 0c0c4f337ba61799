using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Trigger.Jobs;

namespace Trigger.Node;

/// <summary>The node's figures: kept as meters of .NET, which any exporter can listen to, and told in Prometheus' text form.</summary>
internal sealed class Figures : IDisposable
{
    public const string MeterName = "Trigger";

    private static readonly string[] Listened = [MeterName, "Npgsql", "System.Runtime"];

    private readonly Meter meter = new(MeterName);
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), double> values = new();

    public Figures(Trigger.Cluster.Cluster cluster, Func<int> devices)
    {
        meter.CreateObservableGauge("trigger.lease.left", () => cluster.Gate.Left.TotalSeconds, "s", "How long the node's lease holds if nothing comes.");
        meter.CreateObservableGauge("trigger.members", () => cluster.State.Members.Count, null, "Members of the cluster, as this node sees it.");
        meter.CreateObservableGauge("trigger.members.unreachable", () => cluster.State.Unreachable.Count, null, "Members whose lease was not renewed for a while.");
        meter.CreateObservableGauge("trigger.devices.known", devices, null, "Devices of the inventory.");
        Tasks = meter.CreateCounter<long>("trigger.steps.ended", null, "Steps with an outcome, by verdict and kind of fault.");
        StepTime = meter.CreateHistogram<double>("trigger.step.duration", "s", "From the first byte of a command to the prompt that ended its answer.");
        Talks = meter.CreateUpDownCounter<long>("trigger.sessions", null, "Conversations with devices under way on this node.");
        Pending = meter.CreateUpDownCounter<long>("trigger.tasks.pending", null, "Devices of runs that this node coordinates that were not begun with yet.");
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (Listened.Contains(instrument.Meter.Name))
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Counts an outcome.</summary>
    public void Ended(StepOutcome outcome)
    {
        Tasks.Add(1, new("verdict", outcome.Verdict.ToString().ToLowerInvariant()), new("fault", outcome.FaultKind ?? ""));
        if (outcome.FaultKind is null)
            StepTime.Record(outcome.ElapsedMicroseconds / 1e6);
    }

    private Counter<long> Tasks { get; }

    private Histogram<double> StepTime { get; }

    public UpDownCounter<long> Talks { get; }

    public UpDownCounter<long> Pending { get; }

    /// <summary>Everything, in the text format 0.0.4 of Prometheus. A histogram is told as its count and sum.</summary>
    public string Text()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var instrument in values.GroupBy(value => value.Key.Instrument).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var (name, kind) = (NameOf(instrument.Key), KindOf(instrument.Key));
            text.Append("# HELP ").Append(name).Append(' ').Append(instrument.Key.Description?.ReplaceLineEndings(" ")).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
            foreach (var (key, value) in instrument.OrderBy(value => value.Key.Labels, StringComparer.Ordinal))
            {
                var (suffix, labels) = key.Labels.Split('\n', 2) is [var first, var rest] ? (first, rest) : ("", key.Labels);
                text.Append(name).Append(suffix).Append(labels).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
            }
        }

        return text.ToString();
    }

    public void Dispose()
    {
        listener.Dispose();
        meter.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        if (KindOf(instrument) == "summary")
        {
            values.AddOrUpdate((instrument, $"_count\n{labels}"), 1, (_, before) => before + 1);
            values.AddOrUpdate((instrument, $"_sum\n{labels}"), value, (_, before) => before + value);
        }
        else if (instrument.IsObservable)
        {
            values[(instrument, labels)] = value;
        }
        else
        {
            values.AddOrUpdate((instrument, labels), value, (_, before) => before + value);
        }
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name switch
    {
        var type when type.StartsWith("Histogram", StringComparison.Ordinal) => "summary",
        var type when type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) => "counter",
        _ => "gauge",
    };

    // trigger.step.duration in s is trigger_step_duration_seconds; a counter ends in _total.
    private static string NameOf(Instrument instrument)
    {
        var name = new string([.. instrument.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        return name + (instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" }) + (KindOf(instrument) == "counter" ? "_total" : "");
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
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
}
