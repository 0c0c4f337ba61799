using System.Net;

namespace Trigger.Cli.Output;

/// <summary>A report in one file, without scripts and without anything from elsewhere: it can be mailed.</summary>
internal static class ResultHtml
{
    private const string Style = "body{font:15px sans-serif;margin:2em;max-width:70em}pre{background:#f4f4f4;padding:.7em;overflow:auto}.refused{color:#a00}.unknown{color:#a60}"
        + ".accepted{color:#060}summary{cursor:pointer;margin:.4em 0}td,th{padding:.2em .8em;text-align:left}";

    public static void Write(string path, string title, string about, IReadOnlyList<ResultGroup> groups)
    {
        using var page = new StreamWriter(path);
        page.Write($"<!doctype html><html><head><meta charset=\"utf-8\"><title>{Text(title)}</title><style>{Style}</style></head><body><h1>{Text(title)}</h1><p>{Text(about)}</p>\n");
        page.Write("<table><tr><th>command</th><th>devices</th><th>verdict</th><th></th></tr>\n");
        foreach (var group in groups)
            page.Write($"<tr><td>{Text(group.Example.Command)}</td><td>{group.Devices.Count}</td><td class=\"{group.Example.Verdict}\">{group.Example.Verdict}</td><td>{Text(group.Example.FaultKind ?? "")}</td></tr>\n");
        page.Write("</table>\n");
        foreach (var group in groups)
            Write(page, group);
        page.Write("</body></html>\n");
    }

    private static void Write(StreamWriter page, ResultGroup group)
    {
        page.Write($"<details{(group.Example.Ok ? "" : " open")}><summary class=\"{group.Example.Verdict}\">{Text(group.Example.Command)} · {group.Devices.Count} · {group.Example.Verdict}</summary>");
        page.Write($"<p>{Text(string.Join(", ", group.Devices))}</p>");
        if (group.Example.FaultText is { } fault)
            page.Write($"<p>{Text(fault)}</p>");
        page.Write($"<pre>{Text(group.Example.Output)}</pre></details>\n");
    }

    // What a device says is not to be believed, and least of all by a browser.
    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
