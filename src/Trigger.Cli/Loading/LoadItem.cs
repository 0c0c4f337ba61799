using Trigger.Devices;

namespace Trigger.Cli.Loading;

/// <summary>One ACL that is to be loaded on one device.</summary>
/// <param name="UpTo">The highest entry of the queue that it answers for; 0 for none.</param>
internal sealed record LoadItem(NetDevice Device, string Acl, long UpTo);
