using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Notes each action of a moderator, also one that was rejected: a line in the log and, if there is an audit file, a line in it. No message is noted.</summary>
internal sealed class Audit(AuditFile? file, AddressDisplay addresses, TimeProvider time, ILogger log)
{
    /// <summary>Notes an action and returns its result.</summary>
    /// <param name="by">The moderator or the operator.</param>
    /// <param name="action">The word of the command, without a slash.</param>
    /// <param name="target">The name, network or channel; empty for none.</param>
    /// <param name="result">Its result.</param>
    /// <param name="minutes">How long it is in effect; null if it has no end, and for an action that is over at once.</param>
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
