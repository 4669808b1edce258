using System.Text;

namespace ThreadedChat.ChatGrade.Submissions;

/// <summary>A command as words, as a shell cuts it: blanks, single and double quotes, backslashes. Nothing is expanded.</summary>
internal static class Words
{
    /// <summary>The words of a line.</summary>
    public static IReadOnlyList<string> Of(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isWord = false;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char letter = line[i];
            if (letter == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
                isWord = true;
            }
            else if (quote != '\0')
            {
                if (letter == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(letter);
                }
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
                isWord = true;
            }
            else if (char.IsWhiteSpace(letter))
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(letter);
                isWord = true;
            }
        }

        return isWord ? [.. words, word.ToString()] : words;
    }
}
