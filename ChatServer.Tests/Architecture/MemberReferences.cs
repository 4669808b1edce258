using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>The references of a type: types in its declarations, types and members in its methods' bodies.</summary>
internal static class MemberReferences
{
    private const byte TwoByteOpCode = 0xfe;

    private const BindingFlags Declared = BindingFlags.DeclaredOnly
        | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opCode => opCode.Value);

    /// <summary>Several tests look at each type, and to read one takes long.</summary>
    private static readonly ConcurrentDictionary<Type, string[]> ReferencesByType = new();

    /// <summary>Each type named, and each member as <c>Namespace.Type.Member</c>.</summary>
    public static IEnumerable<string> Of(Type type) => ReferencesByType.GetOrAdd(type, Read);

    private static string[] Read(Type type)
    {
        IEnumerable<Type> declared = [type.BaseType ?? type, .. type.GetInterfaces()];
        MemberInfo[] members = type.GetMembers(Declared);
        MemberInfo[] inBodies = [.. members.OfType<MethodBase>().SelectMany(InBody).Distinct()];

        return
        [
            .. members.Concat(inBodies).SelectMany(TypesOf).Concat(declared)
                .SelectMany(WithParts)
                .Select(named => named.FullName ?? named.Name)
                .Concat(inBodies.Select(member => $"{member.DeclaringType?.FullName}.{member.Name}"))
                .Distinct(),
        ];
    }

    /// <summary>The types that a member's declaration names.</summary>
    private static IEnumerable<Type?> TypesOf(MemberInfo member) => member switch
    {
        FieldInfo field => [field.DeclaringType, field.FieldType],
        MethodBase method =>
        [
            method.DeclaringType,
            (method as MethodInfo)?.ReturnType,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.IsGenericMethod ? method.GetGenericArguments() : [],
            .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
        ],
        Type type => [type],
        _ => [],
    };

    /// <summary>A type, and those it is put together from: of <c>List&lt;Thread[]&gt;</c> also <c>Thread</c>.</summary>
    private static IEnumerable<Type> WithParts(Type? type) => type is null
        ? []
        : [type, .. WithParts(type.GetElementType()), .. type.GetGenericArguments().Where(part => !part.IsGenericParameter).SelectMany(WithParts)];

    private static IEnumerable<MemberInfo> InBody(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[] ofType = method.DeclaringType!.GetGenericArguments();
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];

        for (int at = 0; at < code.Length;)
        {
            OpCode opCode = code[at] == TwoByteOpCode
                ? OpCodesByValue[(short)((code[at++] << 8) | code[at++])]
                : OpCodesByValue[code[at++]];
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineField
                or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
            }

            at += OperandSize(opCode.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
