using System.Text;

namespace Trigger.Cli.Output;

/// <summary>Prints outcomes that are on record: as text or as JSON lines, and to files when asked.</summary>
internal sealed class ResultPrinter : IDisposable
{
    private readonly Stream output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
    private readonly TextWriter? text;
    private readonly ResultJson lines;
    private readonly OutputFolder? folder;

    public ResultPrinter(bool json, string? folder)
    {
        lines = new ResultJson(output);
        text = json ? null : new StreamWriter(output, new UTF8Encoding(false));
        this.folder = folder is null ? null : new OutputFolder(folder);
    }

    public void Print(ResultLine result)
    {
        folder?.Write(result);
        if (text is null)
            lines.Write(result);
        else
            ResultText.Write(text, result);
    }

    public void Dispose()
    {
        text?.Flush();
        lines.Dispose();
        output.Dispose();
    }
}
