using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Trigger.Jobs;
using Trigger.Sessions.Telemetry;

namespace Trigger.Node.Telemetry;

/// <summary>The node's figures: kept as meters of .NET, which OTLP and any other exporter listens to, and told in Prometheus' text form.</summary>
internal sealed class Figures : IDisposable
{
    /// <summary>Whose figures are told: our own, and those of what we stand on; of the pool of database connections, Npgsql's.</summary>
    public static readonly string[] Listened = [TelemetryNames.Source, "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting"];

    private readonly Meter meter = new(TelemetryNames.Source);
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), double> values = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), HistogramCells> histograms = new();
    private readonly Counter<long> steps;
    private readonly Counter<long> tasks;
    private readonly Counter<long> runs;
    private readonly Counter<long> hostKeys;
    private readonly Histogram<double> stepTime;

    /// <param name="lease">How long a lease that was just renewed holds.</param>
    /// <param name="devices">How many the inventory has.</param>
    public Figures(Trigger.Cluster.Cluster cluster, TimeSpan lease, Func<int> devices)
    {
        meter.CreateObservableGauge("trigger.lease.left", () => cluster.Gate.Left.TotalSeconds, "s", "How long the node's lease holds if nothing comes.");
        meter.CreateObservableGauge("trigger.lease.age", () => Math.Max(0, (lease - cluster.Gate.Left).TotalSeconds), "s", "How long ago the node's lease was renewed, as far as it counts.");
        meter.CreateObservableGauge("trigger.members", () => cluster.State.Members.Count, null, "Members of the cluster, as this node sees it.");
        meter.CreateObservableGauge("trigger.members.unreachable", () => cluster.State.Unreachable.Count, null, "Members whose lease was not renewed for a while.");
        meter.CreateObservableGauge("trigger.devices.known", devices, null, "Devices of the inventory.");
        steps = meter.CreateCounter<long>("trigger.steps.ended", null, "Steps with an outcome, by verdict and kind of fault.");
        tasks = meter.CreateCounter<long>("trigger.tasks.ended", null, "Devices of runs that this node coordinated which are done with.");
        runs = meter.CreateCounter<long>("trigger.runs.finished", null, "Runs that this node has brought to their end.");
        hostKeys = meter.CreateCounter<long>("trigger.host_keys.refused", null, "Host keys that were shown to this node and put before a person, because another was known or none.");
        stepTime = meter.CreateHistogram("trigger.step.duration", "s", "From the first byte of a command to the prompt that ended its answer.", advice: SessionFigures.Durations);
        Talks = meter.CreateUpDownCounter<long>("trigger.sessions", null, "Conversations with devices under way on this node, or waiting for their turn.");
        Pending = meter.CreateUpDownCounter<long>("trigger.tasks.pending", null, "Devices of runs that this node coordinates that were not begun with yet.");
        Sessions = new SessionFigures(meter);
        listener.InstrumentPublished = (instrument, own) =>
        {
            // A process may hold more than one node.
            if (instrument.Meter == meter || (instrument.Meter.Name != TelemetryNames.Source && Listened.Contains(instrument.Meter.Name)))
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
    }

    public UpDownCounter<long> Talks { get; }

    public UpDownCounter<long> Pending { get; }

    public SessionFigures Sessions { get; }

    /// <summary>Counts an outcome.</summary>
    public void Ended(StepOutcome outcome)
    {
        steps.Add(1, new("verdict", outcome.Verdict.ToString().ToLowerInvariant()), new("fault", outcome.FaultKind ?? ""));
        if (outcome.FaultKind is null)
            stepTime.Record(outcome.ElapsedMicroseconds / 1e6);
    }

    public void TaskEnded() => tasks.Add(1);

    public void RunFinished() => runs.Add(1);

    public void HostKeyShown() => hostKeys.Add(1);

    /// <param name="waiting">How many host keys wait for approval in the whole cluster.</param>
    public void Watch(Func<int> waiting) => meter.CreateObservableGauge("trigger.host_keys.waiting", waiting, null, "Host keys of the cluster that wait for approval.");

    /// <summary>Everything, in the text format 0.0.4 of Prometheus.</summary>
    public string Text()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        var all = values.Select(value => (value.Key, Value: (double?)value.Value, Cells: (HistogramCells?)null)).Concat(histograms.Select(one => (one.Key, (double?)null, (HistogramCells?)one.Value)));
        foreach (var instrument in all.GroupBy(one => one.Key.Instrument).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var name = PrometheusText.NameOf(instrument.Key);
            PrometheusText.Head(text, instrument.Key);
            foreach (var (key, value, cells) in instrument.OrderBy(one => one.Key.Labels, StringComparer.Ordinal))
            {
                if (cells is not null)
                    PrometheusText.Lines(text, name, key.Labels, cells);
                else
                    PrometheusText.Line(text, name, key.Labels, value!.Value);
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
        var key = (instrument, PrometheusText.Labels(tags));
        if (PrometheusText.KindOf(instrument) == "histogram")
            histograms.GetOrAdd(key, one => new HistogramCells((one.Instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? SessionFigures.Durations.HistogramBucketBoundaries!)).Note(value);
        else if (instrument.IsObservable)
            values[key] = value;
        else
            values.AddOrUpdate(key, value, (_, before) => before + value);
    }
}
