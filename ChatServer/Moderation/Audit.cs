using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Notes each action of a moderator, done or refused: a line in the log and, if there is one, in the audit file. No text of a message.</summary>
internal sealed class Audit(AuditFile? file, AddressDisplay addresses, TimeProvider time, ILogger log)
{
    /// <summary>Notes an action and returns its result.</summary>
    /// <param name="by">Who has done it.</param>
    /// <param name="action">The word of the command, without a slash.</param>
    /// <param name="target">What it was about; empty for nothing.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="minutes">How long it holds; null for ever, and for what does not last.</param>
    /// <param name="reason">Why, in the words of the moderator.</param>
    public ActionResult Note(Actor by, string action, string target, ActionResult result, int? minutes = null, string? reason = null)
    {
        log.Acted(LogName.Show(by.Name), action, target.Length == 0 ? "-" : LogName.Show(target), result.IsDone ? "done" : "not done");
        file?.Append(JsonLine.Write(json =>
        {
            json.WriteString("at", JsonLine.Show(time.GetUtcNow()));
            json.WriteString("by", by.Name);
            if (by.Address is not null)
            {
                json.WriteString("from", addresses.Show(by.Address).ToString());
            }

            json.WriteString("action", action);
            json.WriteString("target", target);
            if (minutes is int number)
            {
                json.WriteNumber("minutes", number);
            }

            if (!string.IsNullOrEmpty(reason))
            {
                json.WriteString("reason", reason);
            }

            json.WriteBoolean("done", result.IsDone);
            json.WriteNumber("affected", result.Affected);
        }));
        return result;
    }
}
