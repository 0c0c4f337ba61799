using System.Globalization;
using Trigger.Benchmarks;
using Trigger.Benchmarks.Kernel;

return args switch
{
    ["acl", .. var rest] => AclBench.Run(rest),
    ["cluster", .. var rest] => await ClusterBench.Run(rest),
    ["fleet", .. var rest] => await Fleet.Run(rest),
    ["journal", .. var rest] => await JournalBench.Run(rest),
    ["kernel", .. var rest] => await KernelBench.Run(rest),
    ["kernel-launch", var names] => await Launch.Run(names),
    ["netconf", .. var rest] => await Netconf.Run(rest),
    ["ssh-hold", var count, var folder] => await SshHolder.Run(int.Parse(count, CultureInfo.InvariantCulture), folder),
    ["ssh", .. var rest] => await SshBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: acl [parse|shadow|plaid|flow|diff …]            measures the ACL toolkit beside plain ways to do the same.");
    Console.Error.WriteLine("       cluster [tasks|accept|failover|idle …]      measures three nodes on a PostgreSQL (five for idle). As root: it starts PostgreSQL.");
    Console.Error.WriteLine("       fleet [ssh|flat|frr|telnet5000|latency …]   measures the engine and its peer on the same fleet; all parts when none is named. As root: it starts FRR.");
    Console.Error.WriteLine("       journal [DIR|postgres://… …]                     measures the journal and the list of runs; in a new directory when none is named.");
    Console.Error.WriteLine("       kernel [part of a scenario's name …]             measures the actor kernel beside Akka.NET's figures.");
    Console.Error.WriteLine("       netconf [chunks|stream|server …]           measures NETCONF: framing, a huge reply, and a real server beside ncclient. As root: it starts netconfd.");
    Console.Error.WriteLine("       ssh [open|output|jump|held [N] …]          measures SSH beside the OpenSSH client and paramiko, and what N held sessions cost. As root: it starts sshd.");
    return 2;
}
