namespace Trigger.Cluster.Running;

internal enum DaemonState
{
    Joining,
    Member,
    Leaving,
    Departing,
    Ended,
}
