using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Benchmarks;

/// <summary>A get of 200 MB over loopback, read as XML events: how fast, and how much memory it took.</summary>
internal static class HugeReply
{
    private const int Rows = 2_000_000;

    private static double PeakRssMb
    {
        get
        {
            using var me = Process.GetCurrentProcess();
            return me.PeakWorkingSet64 / 1e6;
        }
    }

    public static async Task Measure()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var serving = Task.Run(() => Serve(listener));
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!);
        var session = await NetconfSession.ConnectAsync(new NetconfRoute.Over(new NetworkStream(client)));
        var before = PeakRssMb;
        var watch = Stopwatch.StartNew();
        var (rows, most) = (0, 0L);
        await using (var reply = await session.StreamAsync(session.Get()))
        {
            while (await reply.Reader.ReadAsync())
            {
                if (reply.Reader.LocalName == "row" && reply.Reader.IsStartElement() && ++rows % 10_000 == 0)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            }
        }

        var megabytes = await serving / 1e6;
        session.Abort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a reply of {megabytes:0} MB, {rows} rows as XML events: {megabytes / watch.Elapsed.TotalSeconds:0} MB/s, heap at most {most / 1e6:0} MB, peak RSS from {before:0} to {PeakRssMb:0} MB"));
    }

    private static async Task<long> Serve(Socket listener)
    {
        using var socket = await listener.AcceptAsync();
        await Send(socket, """<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability></capabilities><session-id>1</session-id></hello>]]>]]>""");
        var heard = new byte[64 * 1024];
        var text = "";
        while (!text.Contains("\n##\n", StringComparison.Ordinal))
            text += Encoding.UTF8.GetString(heard, 0, await socket.ReceiveAsync(heard));

        var total = await Send(socket, Chunk("<rpc-reply message-id=\"1\" xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><data>"));
        var rows = Encoding.UTF8.GetBytes(Chunk(string.Concat(Enumerable.Repeat("<row><name>interface-0/0/0</name><description>the same line again and again</description><octets>1234567890</octets></row>", 100))));
        for (var sent = 0; sent < Rows; sent += 100)
            total += await socket.SendAsync(rows);

        return total + await Send(socket, Chunk("</data></rpc-reply>") + "\n##\n");
    }

    private static string Chunk(string text) => $"\n#{text.Length}\n{text}";

    private static async Task<int> Send(Socket socket, string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text));
}
