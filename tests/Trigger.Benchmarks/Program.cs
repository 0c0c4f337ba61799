using Trigger.Benchmarks;

return args switch
{
    ["fleet", .. var rest] => await Fleet.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: fleet [ssh|flat|frr|telnet5000|latency …]   measures the engine and its peer on the same fleet; all parts when none is named. As root: it starts FRR.");
    return 2;
}
