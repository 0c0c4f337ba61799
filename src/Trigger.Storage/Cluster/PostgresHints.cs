using Npgsql;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Storing;

namespace Trigger.Storage.Cluster;

/// <summary>
/// Hints by LISTEN and NOTIFY. They are never part of a transaction that writes, because notifying commits wait for each other; many to one receiver within a few milliseconds
/// become one; and a listener that is dead is replaced. All of it is only a wake-up: whoever hears nothing looks by itself.
/// </summary>
internal sealed class PostgresHints(PostgresDatabase database) : IDisposable
{
    private const string Everybody = "trigger_cluster";
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan BeforeAgain = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly HashSet<string> pending = [];
    private readonly CancellationTokenSource over = new();

    public void Hint(MemberId? to)
    {
        lock (gate)
        {
            if (!pending.Add(to is { } member ? Channel(member) : Everybody) || pending.Count > 1)
                return;
        }

        _ = Task.Run(Notify);
    }

    public IDisposable Listen(MemberId self, Action<StoreHint> hinted)
    {
        var listening = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        _ = Task.Run(() => Listen(Channel(self), hinted, listening.Token));
        return new Listening(listening);
    }

    public void Dispose()
    {
        over.Cancel();
        over.Dispose();
    }

    private static string Channel(MemberId member) => $"trigger_member_{member.Incarnation}";

    private async Task Notify()
    {
        try
        {
            await Task.Delay(Gathering, database.Time, over.Token).ConfigureAwait(false);
            string[] channels;
            lock (gate)
            {
                channels = [.. pending];
                pending.Clear();
            }

            await database.ReadAsync(
                async (connection, token) =>
                {
                    await using var notify = connection.Command("select pg_notify(c, '') from unnest(@channels) c", ("@channels", channels));
                    notify.CommandTimeout = ClusterTransaction.StatementSeconds;
                    return await notify.ExecuteNonQueryAsync(token).ConfigureAwait(false);
                },
                TimeSpan.FromSeconds(2),
                over.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is StorageException or OperationCanceledException or ObjectDisposedException)
        {
            // A hint that is lost costs its receiver a second.
        }
    }

    private async Task Listen(string own, Action<StoreHint> hinted, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            try
            {
                await using var line = database.OpenLine();
                line.Notification += (_, heard) => hinted(heard.Channel == own ? StoreHint.Letters : StoreHint.Look);
                await using (var listen = line.Command($"listen {Everybody}; listen {own}"))
                    await listen.ExecuteNonQueryAsync(token).ConfigureAwait(false);

                // What was said before this line stood was said to nobody.
                hinted(StoreHint.Look);
                hinted(StoreHint.Letters);
                while (true)
                    await line.WaitAsync(token).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                await Task.Delay(BeforeAgain, database.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private sealed class Listening(CancellationTokenSource source) : IDisposable
    {
        private CancellationTokenSource? left = source;

        // Who ends a node may do so twice: it is told to, and its system terminates.
        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, null) is not { } listening)
                return;

            listening.Cancel();
            listening.Dispose();
        }
    }
}
