namespace Trigger.Notify;

/// <summary>Where mail goes out, from whom, and to whom.</summary>
/// <param name="StartTls">False only to this machine, or where the settings say <c>insecure</c>.</param>
/// <param name="User">Null to send without logging in.</param>
/// <param name="Password">Read when it is needed, so it is in nobody's settings.</param>
public sealed record MailSettings(string Server, int Port, bool StartTls, string From, IReadOnlyList<string> To, string? User, Func<string> Password);
