using System.Runtime.CompilerServices;
using Trigger.Node.Api;
using Trigger.Node.Security;

namespace Trigger.Node;

/// <summary>What a host's own services ask of the node in their process.</summary>
public sealed class TriggerClient
{
    private readonly Task<NodeHost> node;

    internal TriggerClient(Task<NodeHost> node) => this.node = node;

    /// <summary>The node, once it is a member of the cluster.</summary>
    public Task<NodeHost> Node => node;

    /// <summary>Asks for a run. It is on record when this returns, and goes on whatever becomes of this process.</summary>
    /// <param name="by">Who asks, for the record.</param>
    /// <param name="key">Asking twice under one key runs once; null for no key.</param>
    /// <returns>The run's id.</returns>
    /// <exception cref="OrderRefusedException">The order has mistakes; all of them are named.</exception>
    public async Task<string> Submit(RunOrder order, string by, string? key = null)
    {
        var host = await node.ConfigureAwait(false);
        var (draft, mistakes) = host.Drafting().Read(order, by);
        if (draft is null)
            throw new OrderRefusedException(mistakes);

        return (await host.Accept(draft, key, new Caller(by, Role.Admin, "host")).ConfigureAwait(false)).Run;
    }

    /// <summary>Waits for a run's end, wherever it is coordinated.</summary>
    /// <returns>The run as it stands in the journal.</returns>
    /// <exception cref="NodeException">There is no such run.</exception>
    public async Task<RunRecord> Finish(string run, CancellationToken cancel = default)
    {
        var host = await node.ConfigureAwait(false);
        _ = host.Records.Run(run) ?? throw new NodeException($"There is no run {run}.", new KeyNotFoundException(run));
        await foreach (var _ in host.Follow(run, 0, output: false, cancel).ConfigureAwait(false))
        {
        }

        return host.Records.Run(run)!;
    }

    /// <summary>What devices answered, by device and step; read as it is enumerated.</summary>
    public async IAsyncEnumerable<OutcomeRecord> Results(string run, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var outcome in (await node.ConfigureAwait(false)).Records.Outcomes(run))
        {
            cancel.ThrowIfCancellationRequested();
            yield return outcome;
        }
    }
}
