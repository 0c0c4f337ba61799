namespace Trigger.Node.Api;

/// <summary>A text with filters, and which of them is meant.</summary>
/// <param name="Text">One filter, or a whole configuration; at most a million characters.</param>
/// <param name="From">Its dialect, such as <c>ios</c>; told from the text when left out.</param>
/// <param name="Filter">The filter's name, when there are several.</param>
internal record AclText(string? Text, string? From = null, string? Filter = null);
