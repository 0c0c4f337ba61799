using Microsoft.Extensions.Hosting;

namespace Trigger.Node;

/// <summary>The node's life inside a host.</summary>
internal sealed class TriggerService(NodeHostOptions options) : IHostedService
{
    private readonly TaskCompletionSource<NodeHost> started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The node, once it is a member of the cluster; fails when it cannot become one.</summary>
    public Task<NodeHost> Node => started.Task;

    public TimeSpan DrainTime => options.DrainTime;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            started.SetResult(await NodeHost.Start(options, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            started.SetException(failure);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (started.Task.IsCompletedSuccessfully)
            await (await started.Task.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }
}
