const Modal = () => <div />;
export default Modal;
