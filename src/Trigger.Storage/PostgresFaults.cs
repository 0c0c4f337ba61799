using System.Net.Sockets;
using Npgsql;

namespace Trigger.Storage;

/// <summary>What the driver's exceptions mean.</summary>
internal static class PostgresFaults
{
    /// <summary>Whether the same may well succeed a little later: the server is starting, stopping or full, the line broke, or two transactions were in each other's way.</summary>
    public static bool IsPassing(NpgsqlException failure) => failure is PostgresException refused ? IsPassing(refused.SqlState) : IsOfTheLine(failure);

    /// <summary>Whether the server itself says that the transaction failed. A session that is ended ("FATAL") says nothing about its commit: the server may have been waiting for a standby.</summary>
    public static bool IsRefusal(NpgsqlException failure) => failure is PostgresException { InvariantSeverity: "ERROR" };

    // 08 connection, 25006 a standby that will be the primary soon, 25P03 a transaction that lay idle too long, 40 serialization and deadlock, 53 out of resources, 55P03 a lock not to be had,
    // 57P an operator's or a crash's doing. https://www.postgresql.org/docs/15/errcodes-appendix.html
    private static bool IsPassing(string state) =>
        state is "25006" or "25P03" or "55P03" || (state.Length == 5 && state[..2] is "08" or "40" or "53") || state.StartsWith("57P", StringComparison.Ordinal);

    private static bool IsOfTheLine(Exception failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException or SocketException or TimeoutException or AggregateException)
                return true;
        }

        return failure.IsTransient();
    }

    private static bool IsTransient(this Exception failure) => failure is NpgsqlException { IsTransient: true };
}
