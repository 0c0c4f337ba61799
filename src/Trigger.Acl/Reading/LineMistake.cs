namespace Trigger.Acl.Reading;

/// <summary>Why a line could not be read, and where.</summary>
internal sealed class LineMistake(int column, string message)
{
    public int Column => column;

    public string Message => message;
}
