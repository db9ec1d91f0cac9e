// A plugin of TypeDoc: a method that comes from an operator's row has its parameters as one labelled tuple, which is
// shown as what it means.
import { Converter, ParameterReflection, ReflectionKind } from 'typedoc';

function expand(signature) {
  const [rest] = signature.parameters ?? [];
  if (signature.parameters?.length !== 1 || !rest.flags.isRest || rest.type?.type !== 'tuple') return;
  const elements = rest.type.elements;
  if (!elements.every((element) => element.type === 'namedTupleMember')) return;
  signature.parameters = elements.map((element) => {
    const parameter = new ParameterReflection(element.name, ReflectionKind.Parameter, signature);
    const isRest = element.element.type === 'rest';
    parameter.type = isRest ? element.element.elementType : element.element;
    parameter.setFlag(1 << 3, element.isOptional);
    signature.project.registerReflection(parameter, undefined, undefined);
    return parameter;
  });
}

export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_SIGNATURE, (_context, signature) => expand(signature), 1000);
}
